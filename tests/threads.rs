//! The types that callers keep or hand to another thread can go there.

use wirecopy::{
    Article, ArticleSet, Config, Error, Grouping, StoryView, dispatches, links, page, report,
    stories,
};

fn shared_between_threads<T: Send + Sync>() {}

#[test]
fn answers_articles_and_errors_go_to_any_thread() {
    shared_between_threads::<Article>();
    shared_between_threads::<ArticleSet>();
    shared_between_threads::<Config>();
    shared_between_threads::<Error>();
    shared_between_threads::<Grouping>();
    shared_between_threads::<StoryView<'_>>();
    shared_between_threads::<dispatches::Dispatches>();
    shared_between_threads::<links::Links>();
    shared_between_threads::<page::Reading>();
    shared_between_threads::<report::Report>();
    shared_between_threads::<stories::Stories>();
    shared_between_threads::<minhash_lsh::LshIndex<u64>>();
    shared_between_threads::<minhash_lsh::SignatureMatrix>();
    shared_between_threads::<minhash_lsh::Error>();
}
