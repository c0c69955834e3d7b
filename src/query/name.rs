//! The form in which whole names of sources and authors are compared.

use super::parse::bounded;
use super::topic_name;

/// Returns the normal form of a name: that of [`topic_name`], which the lists of facets go by, of as much of the name
/// as a question keeps.
///
/// ```
/// use recto::query::whole_name;
///
/// assert_eq!(whole_name("Jörg  Müller"), whole_name("jorg muller"));
/// assert_ne!(whole_name("NCVO"), whole_name("NCVO Archive"));
/// ```
pub fn whole_name(name: &str) -> String {
    topic_name(&bounded(name))
}
