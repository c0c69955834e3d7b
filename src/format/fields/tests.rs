use super::*;

#[test]
fn a_fact_is_known_by_all_its_names_and_in_every_shape() {
    for (json, authors, topics) in [
        (r#"{"author":"Ann, Jr.","tags":"a, b"}"#, "Ann, Jr.", "a|b"),
        (
            r#"{"authors":["Ann","Ben"],"topic":["a, b"]}"#,
            "Ann|Ben",
            "a, b",
        ),
        (r#"{"authors":[{"name":"Ann"},{"x":"y"}]}"#, "Ann", ""),
        (
            r#"{"Author":{"name":"Ann"},"categories":{"a":1,"b":2}}"#,
            "Ann",
            "a|b",
        ),
        (r#"{"author":7,"tags":null}"#, "7", ""),
        (r#"{"authors":"Ann Smith; Bo"}"#, "Ann Smith|Bo", ""),
        (r#"{"author":"Ann; Bo;"}"#, "Ann|Bo", ""),
        (r#"{"author":"Ann &amp; Bo"}"#, "Ann & Bo", ""),
        (r#"{"Authors":"Ann Smith, Bo Lee"}"#, "Ann Smith|Bo Lee", ""),
        (r#"{"author":"Ann Smith, Bo Lee"}"#, "Ann Smith, Bo Lee", ""),
        (r#"{"authors":"Smith, Ann"}"#, "Smith, Ann", ""),
        (
            r#"{"authors":"Smith, Ann; Lee, Bo"}"#,
            "Smith, Ann|Lee, Bo",
            "",
        ),
        (r#"{"authors":"Ann Smith, Jr."}"#, "Ann Smith, Jr.", ""),
        (
            r#"{"authors":["Ann Smith, Bo Lee"]}"#,
            "Ann Smith, Bo Lee",
            "",
        ),
        (r#"{"author":"","creator":"Ann"}"#, "Ann", ""),
        (
            r##"{"author":"Ann Smith <ann@a.org>","tags":"#a #b"}"##,
            "Ann Smith",
            "a|b",
        ),
        (
            r#"{"author":"Ann Smith <ann@a.org>, Bo Lee <bo@a.org>"}"#,
            "Ann Smith|Bo Lee",
            "",
        ),
        (
            r#"{"author":"{{ site.author }}","by":"[Ann](https://a.org)"}"#,
            "Ann",
            "",
        ),
        (
            r#"{"authors":[{"given-names":"Ann","surname":"Smith"}],"taxonomies":{"tags":["a"]}}"#,
            "Ann Smith",
            "a",
        ),
        (
            r#"{"layout":"post","tags":"a b","category":"c d"}"#,
            "",
            "a|b|c d",
        ),
        (r#"{"tags":"a b","keywords":["[[c]]"]}"#, "", "a b|c"),
    ] {
        let parsed = serde_json::from_str(json).unwrap();
        let Some(Value::Map(fields)) = Value::from_json(parsed, 0) else {
            unreachable!("an object");
        };
        let mut metadata = Metadata::default();
        fields.lay(&mut metadata);
        assert_eq!(metadata.authors.join("|"), authors, "{json}");
        assert_eq!(metadata.topics.join("|"), topics, "{json}");
    }
}

#[test]
fn a_number_of_seconds_or_thousandths_is_a_date_and_a_day_stays_one() {
    for (text, expected) in [
        ("1370254664", Some("2013-06-03T10:17:44Z")),
        ("1370254664.5", Some("2013-06-03T10:17:44Z")),
        ("1370254664000", Some("2013-06-03T10:17:44Z")),
        ("20130603", Some("2013-06-03")),
        ("2013", Some("2013")),
        ("13702546640", None),
    ] {
        let fields = Fields(vec![("date".to_owned(), Value::Text(text.to_owned()))]);
        let date = fields.published().map(|date| date.to_string());
        assert_eq!(date.as_deref(), expected, "{text}");
    }
}
