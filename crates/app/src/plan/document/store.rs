//! SQL of plans and their editions.

use kepu_db::{Read, Result, Row, Tx, params, statements};

use kepu_plan::model::Plan;

use super::edition::{Head, Level};

statements! {
    pub FIND_IN_FORCE = "SELECT p.in_force AS edition FROM plan p WHERE p.level = 'district' \
                         AND p.in_force IS NOT NULL ORDER BY p.put_at DESC NULLS LAST, p.id DESC LIMIT 1";
    pub LIST_PLANS = "SELECT id, level, title, doc_no, issuer, year_from, year_to, in_force FROM plan \
                      ORDER BY level, year_from NULLS LAST, added_at, id";
    pub FIND_PLAN = "SELECT id, level, title, doc_no, issuer, year_from, year_to, in_force FROM plan WHERE id = $1";
    pub ADD_PLAN = "INSERT INTO plan (id, level, title, doc_no, issuer, year_from, year_to, in_force, added_at) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, $8)";
    pub SET_PLAN_FACTS = "UPDATE plan SET title = $2, doc_no = $3, issuer = $4, year_from = $5, year_to = $6 \
                          WHERE id = $1";
    pub SET_IN_FORCE = "UPDATE plan SET in_force = $2, put_at = $3 WHERE id = $1";
    pub LIST_EDITIONS = "SELECT e.id, e.plan, p.level, e.number, e.basis, p.in_force, p.put_at = (SELECT MAX(h.put_at) FROM plan h WHERE h.level = p.level) AS leads, \
                        e.restated, e.note, e.added_at \
                         FROM plan_edition e JOIN plan p ON p.id = e.plan ORDER BY e.plan, e.number";
    pub FIND_EDITION = "SELECT e.id, e.plan, p.level, e.number, e.basis, p.in_force, p.put_at = (SELECT MAX(h.put_at) FROM plan h WHERE h.level = p.level) AS leads, \
                        e.restated, e.note, e.added_at \
                        FROM plan_edition e JOIN plan p ON p.id = e.plan WHERE e.id = $1";
    pub FIND_NUMBER = "SELECT id FROM plan_edition WHERE plan = $1 AND number = $2";
    pub FIND_DIGEST = "SELECT e.id, e.plan, p.level, e.number, e.basis, p.in_force, p.put_at = (SELECT MAX(h.put_at) FROM plan h WHERE h.level = p.level) AS leads, \
                        e.restated, e.note, e.added_at \
                       FROM plan_edition e JOIN plan p ON p.id = e.plan WHERE e.plan = $1 AND e.digest = $2";
    pub GET_TEXTS = "SELECT source, compiled FROM plan_edition WHERE id = $1";
    pub GET_LAST_NUMBER = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) AS number FROM plan_edition WHERE plan = $1";
    pub ADD_EDITION = "INSERT INTO plan_edition (id, plan, number, basis, restated, note, source, compiled, digest, \
                       added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    pub ADD_MEASURE = "INSERT INTO measure (id, plan, added_at) VALUES ($1, $2, $3)";
    pub ADD_EDITION_MEASURE = "INSERT INTO edition_measure (edition, measure, code, section, title, line, place) \
                               VALUES ($1, $2, $3, $4, $5, $6, $7)";
    pub LIST_MEASURES = "SELECT measure, code, section, title FROM edition_measure WHERE edition = $1 ORDER BY place";
    pub LIST_LATEST_MEASURES = "SELECT m.measure, m.code, m.section, m.title FROM edition_measure m \
                                JOIN plan_edition e ON e.id = m.edition WHERE e.plan = $1 \
                                ORDER BY e.number DESC, m.place";
    pub LIST_HISTORY = "SELECT m.edition, m.code, m.title, e.number FROM edition_measure m \
                        JOIN plan_edition e ON e.id = m.edition WHERE m.measure = $1 ORDER BY e.number";
    pub ADD_DUTY = "INSERT INTO edition_duty (edition, place, section, measure, unit, role, written, line) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    pub LIST_DUTIES = "SELECT section, measure, unit, role, written, line FROM edition_duty WHERE edition = $1 \
                       ORDER BY place";
    pub RAISE_REVISION = "INSERT INTO revision (topic, number) VALUES ('plan', 1) \
                          ON CONFLICT (topic) DO UPDATE SET number = revision.number + 1";
}

/// A plan as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// Its id.
    pub id: String,
    /// Whose plan it is.
    pub level: Level,
    /// Its title.
    pub title: String,
    /// 发文字号.
    pub doc_no: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// First and last year.
    pub years: Option<[i64; 2]>,
    /// The edition that holds.
    pub in_force: Option<String>,
}

fn plan(row: &Row<'_>) -> Result<PlanRow> {
    let from: Option<i64> = row.get("year_from")?;
    let to: Option<i64> = row.get("year_to")?;
    Ok(PlanRow {
        id: row.get("id")?,
        level: level(row)?,
        title: row.get("title")?,
        doc_no: row.get("doc_no")?,
        issuer: row.get("issuer")?,
        years: from.zip(to).map(|(from, to)| [from, to]),
        in_force: row.get("in_force")?,
    })
}

fn level(row: &Row<'_>) -> Result<Level> {
    Ok(Level::parse(&row.get::<String>("level")?).unwrap_or_default())
}

fn head(row: &Row<'_>) -> Result<Head> {
    let id: String = row.get("id")?;
    let in_force: Option<String> = row.get("in_force")?;
    let in_force = in_force.as_ref() == Some(&id);
    Ok(Head {
        in_force,
        holds: in_force && row.get::<Option<bool>>("leads")? == Some(true),
        id,
        plan: row.get("plan")?,
        level: level(row)?,
        number: row.get("number")?,
        basis: row.get("basis")?,
        restated: row.get("restated")?,
        note: row.get("note")?,
        added_at: row.get("added_at")?,
    })
}

/// The edition of the district's plan that holds.
pub fn find_in_force(read: &Read) -> Result<Option<String>> {
    read.find(&FIND_IN_FORCE, params![], |row| row.get("edition"))
}

/// All plans: district, city and nation.
pub fn list_plans(read: &Read) -> Result<Vec<PlanRow>> {
    read.list(&LIST_PLANS, params![], plan)
}

/// One plan.
pub fn find_plan(read: &Read, id: &str) -> Result<Option<PlanRow>> {
    read.find(&FIND_PLAN, params![id], plan)
}

/// Adds a plan without editions.
pub fn add_plan(tx: &mut Tx, plan: &PlanRow, now: i64) -> Result<()> {
    let [from, to] = plan.years.map_or([None, None], |[from, to]| [Some(from), Some(to)]);
    tx.execute_one(
        &ADD_PLAN,
        params![
            plan.id,
            plan.level.as_str(),
            plan.title,
            plan.doc_no,
            plan.issuer,
            from,
            to,
            now
        ],
    )
}

/// Gives a plan the title, number and years of the edition that now holds.
pub fn set_plan_facts(tx: &mut Tx, plan: &PlanRow) -> Result<()> {
    let [from, to] = plan.years.map_or([None, None], |[from, to]| [Some(from), Some(to)]);
    tx.execute_one(
        &SET_PLAN_FACTS,
        params![plan.id, plan.title, plan.doc_no, plan.issuer, from, to],
    )
}

/// Makes an edition the one that holds.
pub fn set_in_force(tx: &mut Tx, plan: &str, edition: &str, now: i64) -> Result<()> {
    tx.execute_one(&SET_IN_FORCE, params![plan, edition, now])
}

/// All editions of all plans.
pub fn list_editions(read: &Read) -> Result<Vec<Head>> {
    read.list(&LIST_EDITIONS, params![], head)
}

/// One edition.
pub fn find_edition(read: &Read, id: &str) -> Result<Option<Head>> {
    read.find(&FIND_EDITION, params![id], head)
}

/// The id of the edition of a plan with this number.
pub fn find_number(read: &Read, plan: &str, number: i64) -> Result<Option<String>> {
    read.find(&FIND_NUMBER, params![plan, number], |row| row.get("id"))
}

/// The edition of a plan with exactly this content.
pub fn find_digest(read: &Read, plan: &str, digest: &str) -> Result<Option<Head>> {
    read.find(&FIND_DIGEST, params![plan, digest], head)
}

/// The source text and the compiled plan of an edition.
pub fn get_texts(read: &Read, edition: &str) -> Result<(String, Plan)> {
    read.get(&GET_TEXTS, params![edition], |row| {
        let compiled: String = row.get("compiled")?;
        let plan = serde_json::from_str(&compiled).map_err(|error| kepu_db::Error::Type {
            statement: GET_TEXTS.name,
            column: "compiled".to_owned(),
            found: error.to_string(),
            wanted: "a compiled plan",
        })?;
        Ok((row.get("source")?, plan))
    })
}

/// The number of a plan's last edition, 0 when there is none.
pub fn get_last_number(read: &Read, plan: &str) -> Result<i64> {
    read.get(&GET_LAST_NUMBER, params![plan], |row| row.get("number"))
}

/// An edition to be stored.
pub struct NewEdition<'a> {
    /// Its head.
    pub head: &'a Head,
    /// The source text.
    pub source: &'a str,
    /// The compiled plan as JSON.
    pub compiled: &'a str,
    /// SHA-256 of both.
    pub digest: &'a str,
}

/// Adds an edition.
pub fn add_edition(tx: &mut Tx, new: &NewEdition<'_>) -> Result<()> {
    let head = new.head;
    tx.execute_one(
        &ADD_EDITION,
        params![
            head.id,
            head.plan,
            head.number,
            head.basis,
            head.restated,
            head.note,
            new.source,
            new.compiled,
            new.digest,
            head.added_at
        ],
    )
}

/// Adds a measure of a plan.
pub fn add_measure(tx: &mut Tx, id: &str, plan: &str, now: i64) -> Result<()> {
    tx.execute_one(&ADD_MEASURE, params![id, plan, now])
}

/// A measure as it stands in an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureRow {
    /// Id of the measure.
    pub measure: String,
    /// Its code in this edition.
    pub code: String,
    /// Code of its section.
    pub section: String,
    /// Its title.
    pub title: String,
}

fn measure(row: &Row<'_>) -> Result<MeasureRow> {
    Ok(MeasureRow {
        measure: row.get("measure")?,
        code: row.get("code")?,
        section: row.get("section")?,
        title: row.get("title")?,
    })
}

/// Says how a measure stands in an edition.
pub fn add_edition_measure(tx: &mut Tx, edition: &str, row: &MeasureRow, line: i64, place: i64) -> Result<()> {
    tx.execute_one(
        &ADD_EDITION_MEASURE,
        params![edition, row.measure, row.code, row.section, row.title, line, place],
    )
}

/// The measures of an edition.
pub fn list_measures(read: &Read, edition: &str) -> Result<Vec<MeasureRow>> {
    read.list(&LIST_MEASURES, params![edition], measure)
}

/// The measures of all editions of a plan, the latest edition first.
pub fn list_latest_measures(read: &Read, plan: &str) -> Result<Vec<MeasureRow>> {
    read.list(&LIST_LATEST_MEASURES, params![plan], measure)
}

/// How a measure stands in one of its editions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// Id of the edition.
    pub edition: String,
    /// Number of the edition.
    pub number: i64,
    /// The measure's code there.
    pub code: String,
    /// Its title there.
    pub title: String,
}

/// A measure through the editions.
pub fn list_history(read: &Read, measure: &str) -> Result<Vec<HistoryRow>> {
    read.list(&LIST_HISTORY, params![measure], |row| {
        Ok(HistoryRow {
            edition: row.get("edition")?,
            number: row.get("number")?,
            code: row.get("code")?,
            title: row.get("title")?,
        })
    })
}

/// A unit's part, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    /// Code of the section.
    pub section: String,
    /// The measure, where the part is in one measure only.
    pub measure: Option<String>,
    /// Id of the unit.
    pub unit: String,
    /// The stored name of the role.
    pub role: String,
    /// The unit's name as written.
    pub written: String,
    /// 1-based line.
    pub line: i64,
}

/// Adds a part.
pub fn add_duty(tx: &mut Tx, edition: &str, place: i64, row: &DutyRow) -> Result<()> {
    tx.execute_one(
        &ADD_DUTY,
        params![
            edition,
            place,
            row.section,
            row.measure,
            row.unit,
            row.role,
            row.written,
            row.line
        ],
    )
}

/// The parts that an edition assigns, in the order of the text.
pub fn list_duties(read: &Read, edition: &str) -> Result<Vec<DutyRow>> {
    read.list(&LIST_DUTIES, params![edition], |row| {
        Ok(DutyRow {
            section: row.get("section")?,
            measure: row.get("measure")?,
            unit: row.get("unit")?,
            role: row.get("role")?,
            written: row.get("written")?,
            line: row.get("line")?,
        })
    })
}

/// Says that plans have changed.
pub fn raise_revision(tx: &mut Tx) -> Result<()> {
    tx.execute_one(&RAISE_REVISION, params![])
}
