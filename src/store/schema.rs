//! The forms that `library.db` has had, and the way from each to the next.

use rusqlite::Connection;

/// The forms, oldest first: entry `n` leads from form `n` to form `n + 1`. Entries are only ever added.
const FORMS: [&str; NEWEST as usize] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
    include_str!("schema/7.sql"),
    include_str!("schema/8.sql"),
    include_str!("schema/9.sql"),
    include_str!("schema/10.sql"),
];

/// The newest form, kept in the file's `user_version`.
pub(super) const NEWEST: i64 = 10;

/// Marks a file as recto's, in its `application_id`: "rcto".
pub(super) const APPLICATION: i64 = 0x7263_746f;

/// What a file is, before anything is done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing in it yet.
    Empty,
    /// A library of this form.
    Library(i64),
    /// Somebody else's.
    Foreign,
}

/// Returns what the file of `connection` is.
pub(super) fn form(connection: &Connection) -> rusqlite::Result<Form> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (pragma("application_id")?, tables) {
        (APPLICATION, _) => Form::Library(pragma("user_version")?),
        (0, 0) => Form::Empty,
        _ => Form::Foreign,
    })
}

/// Brings the file from `form` to the newest. To be called in a transaction.
pub(super) fn migrate(connection: &Connection, form: i64) -> rusqlite::Result<()> {
    let done = usize::try_from(form).unwrap_or_default();
    for step in FORMS.iter().skip(done) {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", NEWEST)
}
