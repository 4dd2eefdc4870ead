//! Near-duplicate detection and story clustering of news.
