//! CSL-JSON held against the schema of CSL 1.0.2, and against what a schema can't say.

use jsonschema::Validator;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let text = include_str!("../schema/csl-data.json");
    let schema = serde_json::from_str(text).expect("the schema is JSON");
    jsonschema::draft7::new(&schema).expect("the schema is one of draft-07")
});

/// What is wrong with a whole file of CSL-JSON; nothing if it is as CSL 1.0.2 wants it.
///
/// Each message begins with the place, as a JSON pointer: `/0/issued: …`. Beside the schema it
/// finds a member that is given twice in one object, and an `id` that two items share.
pub fn csl_errors(json: &str) -> Vec<String> {
    let value = match serde_json::from_str::<Strict>(json) {
        Ok(Strict(value)) => value,
        Err(e) => return vec![format!("not JSON: {e}")],
    };
    let mut errors: Vec<String> =
        SCHEMA.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    errors.extend(shared_ids(&value));
    errors
}

fn shared_ids(items: &Value) -> Vec<String> {
    let mut seen = HashSet::new();
    let ids = items.as_array().into_iter().flatten().enumerate();
    ids.filter_map(|(i, item)| Some((i, item.get("id")?)))
        // a program that reads the number 1 and the text "1" takes them for the same
        .map(|(i, id)| (i, id.as_str().map_or_else(|| id.to_string(), Into::into)))
        .filter(|(_, id)| !seen.insert(id.clone()))
        .map(|(i, id)| format!("/{i}/id: \"{id}\" is the id of another item too"))
        .collect()
}

/// A JSON value in which no object has a member twice. (`serde_json` keeps the last of them.)
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = seq.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Strict(value))) = map.next_entry::<String, Strict>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format_args!("the member \"{name}\" is given twice")));
            }
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}
