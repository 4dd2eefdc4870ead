//! Serde goes through the same validation as the constructors.
#![cfg(feature = "serde")]

use minhash_lsh::{
    Banding, CodeBanding, CodeBits, CodeMatrix, Codes, Jaccard, Scheme, Signature, SignatureMatrix,
    Sketcher,
};
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
    for bits in CodeBits::ALL {
        round_trip(&bits);
        round_trip(&sketcher.sketch(&[1, 2, 3]).codes(bits));
        round_trip(&sketcher.sketch(&[]).codes(bits));
        round_trip(&sketcher.sketch_all(&[vec![1], vec![], vec![2, 3]]).codes(bits));
        round_trip(&CodeBanding::new(12, 10, bits).unwrap());
    }
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
    assert!(refused::<Scheme>(&scheme.replace("\"version\":1", "\"version\":4")).contains('4'));
    assert!(
        refused::<Scheme>(&scheme.replace("\"version\":1", "\"version\":0")).contains("0-unst")
    );
    assert!(refused::<Scheme>(&scheme.replace("\"bits\":32", "\"bits\":8")).contains('8'));
    let lanes = |lanes: &str| format!(r#"{{"scheme":{scheme},"lanes":{lanes}}}"#);
    assert!(refused::<Signature>(&lanes("[1,2]")).contains("k = 16"));
    assert!(refused::<SignatureMatrix>(&lanes("[1,2]")).contains("whole rows"));
    assert!(refused::<CodeBits>("3").contains("1, 2, 4, 8 or 16"));
    let banding = r#"{"banding":{"bands":4,"rows":4},"bits":5}"#;
    assert!(refused::<CodeBanding>(banding).contains("5 bits"));
    let codes = |rest: &str| format!(r#"{{"scheme":{scheme},"bits":1,{rest}}}"#);
    assert!(refused::<Codes>(&codes(r#""empty":false,"packed":[1]"#)).contains("1 bytes"));
    assert!(refused::<Codes>(&codes(r#""empty":true,"packed":[1,0]"#)).contains("empty set"));
    let matrix = |rest: &str| refused::<CodeMatrix>(&codes(rest));
    assert!(matrix(r#""rows":2,"packed":[1,2,3],"empty":[0]"#).contains("2 rows"));
    assert!(matrix(r#""rows":1,"packed":[1,2],"empty":[2]"#).contains("beyond the last"));
}
