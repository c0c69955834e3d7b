//! What each clause of a question costs: how many documents there would be without it. For a question that finds
//! nothing, it says which clause to give up.

use super::{Doubles, Error, Library, Window};
use crate::index::Overtaken;
use crate::query::{Node, Query};

/// How many clauses are tried at most: each is a search.
const MOST: usize = 8;

/// What a clause costs a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// The clause, as a question has it.
    pub clause: String,
    /// The question without it.
    pub without: Query,
    /// How many documents that finds.
    pub total: usize,
}

impl Library {
    /// Returns what the clauses of a question cost that it asks for together, in their order, the first eight; none for
    /// a question of one clause. The counts are those that [`Library::find`] would give.
    pub(super) fn costs(
        &self,
        query: &Query,
        doubles: Doubles,
        overtaken: Overtaken<'_>,
    ) -> Result<Vec<Cost>, Error> {
        let window = Window::first(0).with(doubles);
        let costs = without_each(query).map(|(clause, without)| {
            let begun = self.ask(&without, window, |request| {
                self.index.begin(request, overtaken)
            });
            let total = begun?.0.hits.total;
            Ok(Cost {
                clause,
                without,
                total,
            })
        });
        costs.collect()
    }
}

/// Returns each clause with the question without it.
fn without_each(query: &Query) -> impl Iterator<Item = (String, Query)> {
    let clauses = match &query.root {
        Node::And(clauses) => clauses.as_slice(),
        _ => &[],
    };
    clauses
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(place, clause)| {
            let others = clauses.iter().enumerate();
            let others = others.filter(|(other, _)| *other != place);
            let mut others: Vec<Node> = others.map(|(_, clause)| clause.clone()).collect();
            let root = match others.len() {
                1 => others.swap_remove(0),
                _ => Node::And(others),
            };
            let without = Query {
                root,
                ..query.clone()
            };
            (clause.to_string(), without)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::fixtures::Desk;
    use crate::query;

    #[test]
    fn a_question_without_each_of_its_clauses_is_the_same_question_typed_without_it() {
        for (question, expected) in [
            ("", &[][..]),
            ("trust", &[]),
            ("trust OR care", &[]),
            ("-trust", &[]),
            ("trust care", &[("trust", "care"), ("care", "trust")]),
            (
                "=trust topic:a,b -is:read sort:date",
                &[
                    ("=trust", "topic:a,b -is:read sort:date"),
                    ("topic:a,b", "=trust -is:read sort:date"),
                    ("-is:read", "=trust topic:a,b sort:date"),
                ],
            ),
        ] {
            let question = query::parse(question);
            let costs = without_each(&question);
            let expected = expected
                .iter()
                .map(|(clause, without)| ((*clause).to_owned(), query::parse(without)));
            assert!(costs.eq(expected), "{question}");
        }
        let many = query::parse("a1 b1 c1 d1 e1 f1 g1 h1 i1 j1");
        assert_eq!(without_each(&many).count(), MOST);
    }

    #[test]
    fn an_answer_without_documents_says_what_each_clause_costs() {
        let mut desk = Desk::new();
        desk.write("a.txt", "It is about trust.\n");
        desk.write("b.txt", "It is about trust, and care.\n");
        desk.write("c.txt", "It is about funding.\n");
        desk.add_notes();
        for (question, expected) in [
            ("trust", &[][..]),
            ("trust care", &[]),
            ("quidditch", &[]),
            ("funding trust", &[]),
            ("=funding trust", &[("=funding", 2), ("trust", 1)]),
            ("funding trust match:all", &[("funding", 2), ("trust", 1)]),
            (
                "trust -about care",
                &[("trust", 0), ("-about", 2), ("care", 0)],
            ),
        ] {
            let found = desk
                .library
                .find(&query::parse(question), Window::first(10), 60)
                .unwrap();
            let costs: Vec<(&str, usize)> = found
                .costs
                .iter()
                .map(|cost| (cost.clause.as_str(), cost.total))
                .collect();
            assert_eq!(costs, expected, "{question}");
            for cost in found.costs {
                assert_eq!(desk.keys(&cost.without.to_string()).len(), cost.total);
            }
        }
    }
}
