-- 实施方案: a plan, its editions (never changed once stored), and what is accountable in it.
CREATE TABLE plan (
    id TEXT NOT NULL PRIMARY KEY,
    level TEXT NOT NULL,
    title TEXT NOT NULL,
    doc_no TEXT,
    issuer TEXT,
    year_from BIGINT,
    year_to BIGINT,
    -- The edition that holds, and when it was put in force. Of several plans of a level the last one put in force holds.
    in_force TEXT,
    put_at BIGINT,
    added_at BIGINT NOT NULL
);
CREATE TABLE plan_edition (
    id TEXT NOT NULL PRIMARY KEY,
    plan TEXT NOT NULL REFERENCES plan (id),
    number BIGINT NOT NULL,
    basis TEXT REFERENCES plan_edition (id),
    restated BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    source TEXT NOT NULL,
    compiled TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    UNIQUE (plan, number)
);
CREATE INDEX plan_edition_basis ON plan_edition (basis);
-- 举措 and duties in running text. One row for the life of the plan; tasks, deeds and links refer to it.
CREATE TABLE measure (
    id TEXT NOT NULL PRIMARY KEY,
    plan TEXT NOT NULL REFERENCES plan (id),
    added_at BIGINT NOT NULL
);
CREATE INDEX measure_plan ON measure (plan);
-- How a measure stands in an edition.
CREATE TABLE edition_measure (
    edition TEXT NOT NULL REFERENCES plan_edition (id),
    measure TEXT NOT NULL REFERENCES measure (id),
    code TEXT NOT NULL,
    section TEXT NOT NULL,
    title TEXT NOT NULL,
    line BIGINT NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (edition, code)
);
CREATE INDEX edition_measure_measure ON edition_measure (measure);
-- 分工: who has which part in a section or, where the measure is given, in one measure.
CREATE TABLE edition_duty (
    edition TEXT NOT NULL REFERENCES plan_edition (id),
    place BIGINT NOT NULL,
    section TEXT NOT NULL,
    measure TEXT REFERENCES measure (id),
    unit TEXT NOT NULL REFERENCES unit (id),
    role TEXT NOT NULL,
    written TEXT NOT NULL,
    line BIGINT NOT NULL,
    PRIMARY KEY (edition, place)
);
CREATE INDEX edition_duty_unit ON edition_duty (unit);
CREATE INDEX edition_duty_measure ON edition_duty (measure);
