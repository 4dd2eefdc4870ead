//! MinHash signatures and locality-sensitive hashing for sets of 64-bit hashes.
