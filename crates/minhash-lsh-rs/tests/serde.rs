//! Serde goes through the same validation as the constructors.
#![cfg(feature = "serde")]

use minhash_lsh::{Banding, Jaccard, Scheme, Signature, SignatureMatrix, Sketcher};
use serde::{Serialize, de::DeserializeOwned};

fn round_trip<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let json = serde_json::to_string(value).expect("it serialises");
    assert_eq!(&serde_json::from_str::<T>(&json).expect("it was valid"), value);
}

#[test]
fn valid_values_round_trip() {
    let scheme = Scheme::new(16).unwrap().with_seed(9).with_input([3; 16]);
    let sketcher = Sketcher::new(scheme);
    round_trip(&scheme);
    round_trip(&sketcher.sketch(&[1, 2, 3]));
    round_trip(&sketcher.sketch(&[]));
    round_trip(&sketcher.sketch_all(&[vec![1], vec![], vec![2, 3]]));
    round_trip(&Jaccard::new(0.25).unwrap());
    round_trip(&Banding::new(16, 8).unwrap());
}

#[test]
fn invalid_values_are_refused() {
    fn refused<T: DeserializeOwned>(json: &str) -> String {
        serde_json::from_str::<T>(json).err().expect("an error").to_string()
    }
    assert!(refused::<Jaccard>("1.5").contains("not a Jaccard similarity"));
    assert!(refused::<Banding>(r#"{"bands":0,"rows":3}"#).contains("at least 1"));
    let scheme = serde_json::to_string(&Scheme::new(16).unwrap()).unwrap();
    assert!(refused::<Scheme>(&scheme.replace("\"k\":16", "\"k\":17")).contains("k = 17"));
    assert!(refused::<Scheme>(&scheme.replace("\"version\":0", "\"version\":4")).contains('4'));
    assert!(refused::<Scheme>(&scheme.replace("\"bits\":32", "\"bits\":8")).contains('8'));
    let lanes = |lanes: &str| format!(r#"{{"scheme":{scheme},"lanes":{lanes}}}"#);
    assert!(refused::<Signature>(&lanes("[1,2]")).contains("k = 16"));
    assert!(refused::<SignatureMatrix>(&lanes("[1,2]")).contains("whole rows"));
}
