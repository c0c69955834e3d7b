//! Lists what was added, and finds in the list. The newest request alone is answered; while the library is the same,
//! what was read of it is kept, so that each letter of a find costs no reading.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::in_words;
use super::inbox::Requests;
use super::serve::serve;
use crate::app::{Message, SourceListing, SourceRow, SourcesRequest, source_rows};
use crate::library::{Error, Library};

pub(super) fn run(
    library: &Library,
    requests: &Requests<SourcesRequest>,
    messages: &Sender<Message>,
) {
    let mut rows: Vec<Arc<SourceRow>> = Vec::new();
    let mut edition = None;
    serve(
        std::iter::from_fn(|| requests.next()),
        messages,
        |request| {
            if edition != Some(request.edition) {
                rows = read(library).map_err(|error| in_words(&error))?;
                edition = Some(request.edition);
            }
            Ok(Some(Message::Sources {
                generation: request.generation,
                answer: Ok(Arc::new(SourceListing::found(&rows, request))),
            }))
        },
        |request, reason| Message::Sources {
            generation: request.generation,
            answer: Err(reason),
        },
    );
}

fn read(library: &Library) -> Result<Vec<Arc<SourceRow>>, Error> {
    Ok(source_rows(&library.sources()?, &library.subscriptions()?))
}
