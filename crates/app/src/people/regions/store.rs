//! SQL of the regions.

use kepu_db::{Read, Result, Row, Tx, params, statements};

use super::model::Region;

statements! {
    pub LIST = "SELECT code, name, kind, level, parent, lon, lat, pop_2010, pop_2020, pop_2020_confidence, source \
                FROM region ORDER BY code";
    pub LIST_BELOW = "SELECT code, name, kind, level, parent, lon, lat, pop_2010, pop_2020, pop_2020_confidence, source \
                      FROM region WHERE parent = $1 ORDER BY code";
    pub FIND = "SELECT code, name, kind, level, parent, lon, lat, pop_2010, pop_2020, pop_2020_confidence, source \
                FROM region WHERE code = $1";
    pub FIND_HOME = "SELECT code, name, kind, level, parent, lon, lat, pop_2010, pop_2020, pop_2020_confidence, source \
                     FROM region WHERE level = 'district' ORDER BY code LIMIT 1";
    pub COUNT_CHILDREN = "SELECT parent, CAST(COUNT(*) AS BIGINT) AS children FROM region \
                          WHERE parent IS NOT NULL GROUP BY parent";
    pub SET = "INSERT INTO region (code, name, kind, level, parent, lon, lat, pop_2010, pop_2020, \
               pop_2020_confidence, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
               ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name, kind = EXCLUDED.kind, level = EXCLUDED.level, \
               parent = EXCLUDED.parent, lon = EXCLUDED.lon, lat = EXCLUDED.lat, pop_2010 = EXCLUDED.pop_2010, \
               pop_2020 = EXCLUDED.pop_2020, pop_2020_confidence = EXCLUDED.pop_2020_confidence, \
               source = EXCLUDED.source";
}

fn region(row: &Row<'_>) -> Result<Region> {
    Ok(Region {
        code: row.get("code")?,
        name: row.get("name")?,
        kind: row.get("kind")?,
        level: row
            .get::<String>("level")?
            .parse()
            .unwrap_or(super::model::Level::Community),
        parent: row.get("parent")?,
        lon: row.get("lon")?,
        lat: row.get("lat")?,
        pop_2010: row.get("pop_2010")?,
        pop_2020: row.get("pop_2020")?,
        pop_2020_confidence: row.get("pop_2020_confidence")?,
        source: row.get("source")?,
    })
}

/// All regions by code.
pub fn list(read: &Read) -> Result<Vec<Region>> {
    read.list(&LIST, params![], region)
}

/// The regions directly below one.
pub fn list_below(read: &Read, code: &str) -> Result<Vec<Region>> {
    read.list(&LIST_BELOW, params![code], region)
}

/// One region.
pub fn find(read: &Read, code: &str) -> Result<Option<Region>> {
    read.find(&FIND, params![code], region)
}

/// The district that this installation serves.
pub fn find_home(read: &Read) -> Result<Option<Region>> {
    read.find(&FIND_HOME, params![], region)
}

/// How many regions lie directly below each.
pub fn count_children(read: &Read) -> Result<Vec<(String, i64)>> {
    read.list(&COUNT_CHILDREN, params![], |row| {
        Ok((row.get("parent")?, row.get("children")?))
    })
}

/// Stores a region, or corrects the one with its code.
pub fn set(tx: &mut Tx, region: &Region) -> Result<()> {
    tx.execute_one(
        &SET,
        params![
            region.code,
            region.name,
            region.kind,
            region.level.as_str(),
            region.parent,
            region.lon,
            region.lat,
            region.pop_2010,
            region.pop_2020,
            region.pop_2020_confidence,
            region.source
        ],
    )
}
