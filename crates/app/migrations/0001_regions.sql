-- 区划: the 12-digit tree. Populations and points only where a source gives them; nothing is made up.
CREATE TABLE region (
    code TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    parent TEXT REFERENCES region (code),
    lon DOUBLE PRECISION,
    lat DOUBLE PRECISION,
    pop_2010 BIGINT,
    pop_2020 BIGINT,
    pop_2020_confidence TEXT,
    source TEXT NOT NULL
);
CREATE INDEX region_parent ON region (parent);
