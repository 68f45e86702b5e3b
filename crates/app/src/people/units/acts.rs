//! What is done with the register of units.

use kepu_db::{Read, Result, Tx};
use kepu_kit::Ids;

use super::model::{Listed, Register, Unit, fold};
use super::store;

/// The whole register with its revision.
pub fn register(read: &Read) -> Result<(i64, Register)> {
    let register = Register::new(store::list(read)?, store::list_names(read)?);
    Ok((store::revision(read)?, register))
}

/// Stores the units of a roster file; those that are there already, by their code, are corrected.
pub fn load(tx: &mut Tx, ids: &Ids, now: i64, listed: &[Listed]) -> Result<usize> {
    for one in listed {
        // A name that a plan used before the roster came in is this unit, not another one.
        if store::find_id(tx, &one.unit.code)?.is_none()
            && let Some(unchecked) = waiting(tx, one)?
        {
            store::set_code(tx, &unchecked, &one.unit.code)?;
        }
        let id = match store::find_id(tx, &one.unit.code)? {
            Some(id) => {
                store::set(tx, &with_id(&one.unit, &id))?;
                id
            }
            None => {
                let id = ids.next();
                store::add(tx, &with_id(&one.unit, &id), now)?;
                id
            }
        };
        let names = [Some(&one.unit.name), one.unit.full_name.as_ref()]
            .into_iter()
            .flatten();
        for name in names.chain(&one.aliases) {
            store::add_name(tx, &fold(name), &id, name)?;
        }
    }
    store::raise_revision(tx)?;
    Ok(listed.len())
}

/// The unit, not yet checked by anyone, that goes by a name of a roster's row.
fn waiting(tx: &mut Tx, one: &Listed) -> Result<Option<String>> {
    let names = [Some(&one.unit.name), one.unit.full_name.as_ref()];
    for name in names.into_iter().flatten().chain(&one.aliases) {
        if let Some(id) = store::find_unchecked(tx, &fold(name))? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The unit that goes by `written`, if there is one.
pub fn find(read: &Read, written: &str) -> Result<Option<String>> {
    store::find_name(read, &fold(written))
}

/// The unit that goes by `written`. A name that nobody goes by becomes a new unit, to be checked (待核对).
pub fn recognise(tx: &mut Tx, ids: &Ids, now: i64, written: &str, collective: bool) -> Result<String> {
    let folded = fold(written);
    if let Some(id) = store::find_name(tx, &folded)? {
        return Ok(id);
    }
    let count = store::count(tx)?;
    let unit = Unit {
        id: ids.next(),
        code: format!("new-{}", count + 1),
        name: written.to_owned(),
        kind: "待核对".to_owned(),
        collective,
        checked: false,
        place: 10_000 + count,
        ..Unit::default()
    };
    store::add(tx, &unit, now)?;
    store::add_name(tx, &folded, &unit.id, written)?;
    store::raise_revision(tx)?;
    Ok(unit.id)
}

fn with_id(unit: &Unit, id: &str) -> Unit {
    Unit {
        id: id.to_owned(),
        ..unit.clone()
    }
}
