//! What holds of the themes that come with the program, and of a person's own.

use super::*;

fn defaults() -> Themes {
    let (themes, warnings) = Themes::load(None);
    assert_eq!(warnings, []);
    themes
}

/// The relative luminance of a colour (WCAG 2, "relative luminance"), for those whose look does not depend on the
/// terminal.
fn luminance(colour: Colour) -> Option<f64> {
    let (red, green, blue) = match colour {
        Colour::Rgb(red, green, blue) => (red, green, blue),
        // The cube of six steps a side, and the ramp of greys (xterm's own palette).
        Colour::Indexed(index @ 16..=231) => {
            let step = |value: u8| if value == 0 { 0 } else { 55 + 40 * value };
            let at = index - 16;
            (step(at / 36), step(at / 6 % 6), step(at % 6))
        }
        Colour::Indexed(index @ 232..) => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
        _ => return None,
    };
    let linear = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    Some(0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue))
}

/// The contrast of two luminances (WCAG 2, "contrast ratio"): from 1 to 21.
fn contrast(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What is no text, and may stand back further.
const SHAPES: [Role; 4] = [
    Role::Rule,
    Role::ScrollTrack,
    Role::ScrollThumb,
    Role::ScrollHit,
];

#[test]
fn every_theme_says_how_every_role_looks() {
    let table: toml::Table = DEFAULTS.parse().unwrap();
    for (theme, styles) in table {
        for role in Role::ALL {
            let said = styles.get(role.name()).is_some();
            assert!(said, "{theme} does not say {}", role.name());
        }
    }
    let themes = defaults();
    let names: Vec<&str> = themes.iter().map(|theme| theme.name.as_str()).collect();
    assert_eq!(names, ["default", "light", "dark", "mono"]);
}

#[test]
fn text_of_the_light_and_dark_themes_has_a_contrast_of_4_5_or_more() {
    for name in ["light", "dark"] {
        let themes = defaults();
        let theme = themes.get(name).unwrap();
        let text = theme.style(Role::Text);
        for role in Role::ALL.iter().filter(|role| !SHAPES.contains(role)) {
            let style = theme.style(*role);
            let letters = style.foreground.or(text.foreground).and_then(luminance);
            let behind = style.background.or(text.background).and_then(luminance);
            let contrast = contrast(letters.unwrap(), behind.unwrap());
            assert!(contrast >= 4.5, "{name} {}: {contrast:.2}", role.name());
        }
    }
}

#[test]
fn text_of_the_default_theme_is_readable_on_white_and_on_black() {
    let themes = defaults();
    let theme = themes.get("default").unwrap();
    for role in Role::ALL {
        let style = theme.style(*role);
        let Some(letters) = style.foreground else {
            continue;
        };
        let letters = luminance(letters).expect("a colour that every terminal shows alike");
        let behind = match style.background {
            Some(colour) => vec![luminance(colour).unwrap()],
            None => vec![0.0, 1.0],
        };
        let least = if SHAPES.contains(role) { 2.5 } else { 4.0 };
        for behind in behind {
            let contrast = contrast(letters, behind);
            assert!(contrast >= least, "{}: {contrast:.2}", role.name());
        }
    }
}

#[test]
fn mono_has_no_colour_and_still_tells_hits_selection_and_marks_from_text() {
    let themes = defaults();
    let mono = themes.get(MONO).unwrap();
    for role in Role::ALL {
        let style = mono.style(*role);
        assert_eq!((style.foreground, style.background), (None, None));
    }
    let telling = [
        Role::Text,
        Role::Hit,
        Role::HitCurrent,
        Role::Selected,
        Role::Excluded,
        Role::Unread,
        Role::Link,
    ];
    for (place, role) in telling.iter().enumerate() {
        for other in &telling[place + 1..] {
            assert_ne!(mono.style(*role), mono.style(*other), "{role:?} {other:?}");
        }
    }
}

#[test]
fn a_persons_theme_has_what_it_leaves_out_from_another() {
    let (themes, warnings) = Themes::load(Some(
        "[dark]\nhit = \"red\"\n[mine]\nhit = \"blue\"\n[paper]\ninherits = \"light\"\nhit = \"green\"\n",
    ));
    assert_eq!(warnings, []);
    let style = |theme: &str, role| themes.get(theme).unwrap().style(role);
    let letters = |theme: &str| style(theme, Role::Hit).foreground;
    assert_eq!(letters("dark"), Some(Colour::Indexed(1)));
    assert_eq!(letters("mine"), Some(Colour::Indexed(4)));
    assert_eq!(letters("paper"), Some(Colour::Indexed(2)));
    assert_eq!(style("mine", Role::Link), style("default", Role::Link));
    assert_eq!(style("paper", Role::Link), style("light", Role::Link));
    assert_eq!(themes.after("mono").unwrap().name, "mine");
    assert_eq!(themes.after("paper").unwrap().name, "default");
    assert_eq!(themes.after("gone").unwrap().name, "default");
}

#[test]
fn what_is_not_understood_in_a_theme_is_told_and_the_rest_holds() {
    let (themes, warnings) = Themes::load(Some(
        "[dark]\nhitt = \"red\"\nhit = \"redd\"\nlink = 3\ninherits = \"darc\"\nrule = \"red\"\n",
    ));
    let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "themes.toml: line 2: there is no role `hitt`; did you mean `hit`?",
            "themes.toml: line 3: there is no colour `redd`; did you mean `red`?",
            "themes.toml: line 4: `link` should be a string, not: integer",
            "themes.toml: line 5: there is no theme `darc`; did you mean `dark`?",
        ]
    );
    let dark = themes.get("dark").unwrap();
    assert_eq!(dark.style(Role::Rule).foreground, Some(Colour::Indexed(1)));
    assert_eq!(
        dark.style(Role::Link),
        defaults().get("dark").unwrap().style(Role::Link)
    );
}
