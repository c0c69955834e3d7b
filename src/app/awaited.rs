//! What a person asked for that can be done only when an answer has come.

use super::Action;
use crate::document::DocumentId;

/// What a person waits for. There is one at most: who does something else meanwhile no longer waits for it, so that
/// nothing is laid over what one types, and no pane is left that one has gone to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// The concordance of the question that is being answered.
    Concordance,
    /// This, done with the document that is coming onto the page.
    OnPage(Action),
    /// Why this document is where it is.
    Why(DocumentId),
    /// The next unread document.
    Unread,
    /// The document that a link leads to.
    Link,
}

impl Awaited {
    /// Returns whether it is about the list as it stands, and so about no newer one.
    pub(super) fn is_of_the_list(&self) -> bool {
        matches!(self, Self::Why(_) | Self::Unread)
    }
}

impl Action {
    /// Returns whether it is done at once with the document on the page, and asks nothing that is typed ahead.
    pub(super) fn takes_the_page(self) -> bool {
        matches!(
            self,
            Self::NextHit
                | Self::PreviousHit
                | Self::Copy
                | Self::CopyPassage
                | Self::CopyAddress
                | Self::CopyCitation
                | Self::Browse
                | Self::Save
                | Self::Pipe
                | Self::Edit
                | Self::Star
                | Self::ToggleRead
                | Self::Like
                | Self::Outline
                | Self::Links
                | Self::Explain
                | Self::Why
                | Self::NextDouble
                | Self::EarlierVersions
        )
    }
}
