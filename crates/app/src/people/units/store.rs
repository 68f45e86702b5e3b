//! SQL of the register of units.

use kepu_db::{Read, Result, Row, Tx, params, statements};

use super::model::Unit;

statements! {
    pub LIST = "SELECT id, code, name, full_name, kind, region, seat, collective, members, checked, place \
                FROM unit ORDER BY place, code";
    pub LIST_NAMES = "SELECT folded, unit FROM unit_name ORDER BY folded";
    pub FIND_ID = "SELECT id FROM unit WHERE code = $1";
    pub FIND_NAME = "SELECT unit FROM unit_name WHERE folded = $1";
    pub FIND_UNCHECKED = "SELECT n.unit FROM unit_name n JOIN unit u ON u.id = n.unit \
                          WHERE n.folded = $1 AND u.checked = FALSE";
    pub SET_CODE = "UPDATE unit SET code = $2 WHERE id = $1";
    pub COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS units FROM unit";
    pub ADD = "INSERT INTO unit (id, code, name, full_name, kind, region, seat, collective, members, checked, place, \
               added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    pub SET = "UPDATE unit SET name = $2, full_name = $3, kind = $4, region = $5, seat = $6, collective = $7, \
               members = $8, checked = $9, place = $10 WHERE id = $1";
    pub ADD_NAME = "INSERT INTO unit_name (folded, unit, written) VALUES ($1, $2, $3) ON CONFLICT (folded) DO NOTHING";
    pub FIND_REVISION = "SELECT number FROM revision WHERE topic = $1";
    pub RAISE_REVISION = "INSERT INTO revision (topic, number) VALUES ($1, 1) \
                          ON CONFLICT (topic) DO UPDATE SET number = revision.number + 1";
}

fn unit(row: &Row<'_>) -> Result<Unit> {
    Ok(Unit {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        full_name: row.get("full_name")?,
        kind: row.get("kind")?,
        region: row.get("region")?,
        seat: row.get("seat")?,
        collective: row.get("collective")?,
        members: row.get("members")?,
        checked: row.get("checked")?,
        place: row.get("place")?,
    })
}

/// All units in the order of the roster.
pub fn list(read: &Read) -> Result<Vec<Unit>> {
    read.list(&LIST, params![], unit)
}

/// All folded names with the unit that each belongs to.
pub fn list_names(read: &Read) -> Result<Vec<(String, String)>> {
    read.list(&LIST_NAMES, params![], |row| Ok((row.get("folded")?, row.get("unit")?)))
}

/// The id of the unit with this code.
pub fn find_id(read: &Read, code: &str) -> Result<Option<String>> {
    read.find(&FIND_ID, params![code], |row| row.get("id"))
}

/// The id of the unit that goes by this folded name.
pub fn find_name(read: &Read, folded: &str) -> Result<Option<String>> {
    read.find(&FIND_NAME, params![folded], |row| row.get("unit"))
}

/// The id of the unit, not yet checked, that goes by this folded name.
pub fn find_unchecked(read: &Read, folded: &str) -> Result<Option<String>> {
    read.find(&FIND_UNCHECKED, params![folded], |row| row.get("unit"))
}

/// Gives a unit the code that the roster has for it.
pub fn set_code(tx: &mut Tx, id: &str, code: &str) -> Result<()> {
    tx.execute_one(&SET_CODE, params![id, code])
}

/// How many units there are.
pub fn count(read: &Read) -> Result<i64> {
    read.get(&COUNT, params![], |row| row.get("units"))
}

/// Adds a unit.
pub fn add(tx: &mut Tx, unit: &Unit, now: i64) -> Result<()> {
    tx.execute_one(
        &ADD,
        params![
            unit.id,
            unit.code,
            unit.name,
            unit.full_name,
            unit.kind,
            unit.region,
            unit.seat,
            unit.collective,
            unit.members,
            unit.checked,
            unit.place,
            now
        ],
    )
}

/// Changes a unit.
pub fn set(tx: &mut Tx, unit: &Unit) -> Result<()> {
    tx.execute_one(
        &SET,
        params![
            unit.id,
            unit.name,
            unit.full_name,
            unit.kind,
            unit.region,
            unit.seat,
            unit.collective,
            unit.members,
            unit.checked,
            unit.place
        ],
    )
}

/// Lets a unit go by a further name; a name that already belongs to a unit stays there.
pub fn add_name(tx: &mut Tx, folded: &str, unit: &str, written: &str) -> Result<()> {
    tx.execute(&ADD_NAME, params![folded, unit, written]).map(|_| ())
}

/// How often the register has changed.
pub fn revision(read: &Read) -> Result<i64> {
    let found = read.find(&FIND_REVISION, params!["units"], |row| row.get("number"))?;
    Ok(found.unwrap_or(0))
}

/// Says that the register has changed.
pub fn raise_revision(tx: &mut Tx) -> Result<()> {
    tx.execute_one(&RAISE_REVISION, params!["units"])
}
