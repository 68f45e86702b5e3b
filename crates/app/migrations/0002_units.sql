-- 单位: offices, streets, towns, associations; and collectives (各街道乡镇) that stand for their members.
CREATE TABLE unit (
    id TEXT NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    full_name TEXT,
    kind TEXT NOT NULL,
    region TEXT REFERENCES region (code),
    seat TEXT,
    collective BOOLEAN NOT NULL,
    members TEXT,
    checked BOOLEAN NOT NULL,
    place BIGINT NOT NULL,
    added_at BIGINT NOT NULL
);
CREATE INDEX unit_region ON unit (region);
-- Every name that a unit goes by, its own one included, in the folded form that is looked up.
CREATE TABLE unit_name (
    folded TEXT NOT NULL PRIMARY KEY,
    unit TEXT NOT NULL REFERENCES unit (id),
    written TEXT NOT NULL
);
CREATE INDEX unit_name_unit ON unit_name (unit);
-- Raised by every act that changes what pages show, so that a server sees changes made by a command beside it.
CREATE TABLE revision (
    topic TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL
);
