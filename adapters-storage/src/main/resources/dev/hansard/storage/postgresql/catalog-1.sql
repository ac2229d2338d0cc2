-- SPDX-License-Identifier: Apache-2.0
-- The order in which sessions came: one row, locked by whoever indexes until its transaction ends, so that numbers
-- become visible in their order whichever node gives them.
CREATE TABLE tail(last bigint NOT NULL);
INSERT INTO tail VALUES (0);

-- How far each node has indexed its spool. The epoch grows with each process that opens the catalog as this node: an
-- earlier one that wakes up again is refused.
CREATE TABLE node(
    name text PRIMARY KEY,
    epoch bigint NOT NULL,
    spool_file bigint NOT NULL,
    spool_offset bigint NOT NULL,
    last_sequence bigint NOT NULL);

-- Days that a node has to give again, since another one cleared the catalog.
CREATE TABLE lost_day(
    node text NOT NULL,
    day integer NOT NULL,
    generation bigint NOT NULL,
    PRIMARY KEY (node, day));
CREATE SEQUENCE lost_generation;

-- What is known of a day (counted from 1970-01-01) without looking at its sessions.
CREATE TABLE day(
    day integer PRIMARY KEY,
    sessions bigint NOT NULL,
    first_sequence bigint,
    last_sequence bigint,
    first_millis bigint NOT NULL,
    last_millis bigint NOT NULL,
    skew_millis bigint NOT NULL);

-- Containers of frames. The owner is the node when the name is one of its own spool, which other nodes use too.
CREATE TABLE container(
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day integer NOT NULL,
    owner text NOT NULL,
    name text NOT NULL,
    UNIQUE (day, owner, name));

-- One partition for each UTC day of the ids. The wide fixed columns stand first, so that nothing is lost to padding.
CREATE TABLE session(
    id uuid NOT NULL,
    sequence bigint NOT NULL,
    started_nanos bigint NOT NULL,
    duration_micros bigint NOT NULL,
    request_bytes bigint NOT NULL,
    response_bytes bigint NOT NULL,
    frame_offset bigint NOT NULL,
    frame_length bigint NOT NULL,
    container integer NOT NULL,
    day integer NOT NULL,
    status smallint NOT NULL,
    knowledge smallint NOT NULL,
    truncated boolean NOT NULL,
    state text COLLATE "C" NOT NULL,
    ending text COLLATE "C" NOT NULL,
    durability text COLLATE "C" NOT NULL,
    service text COLLATE "C" NOT NULL,
    method text COLLATE "C" NOT NULL,
    path text COLLATE "C" NOT NULL,
    query text COLLATE "C" NOT NULL,
    node text COLLATE "C" NOT NULL,
    listener text COLLATE "C" NOT NULL,
    retention text COLLATE "C" NOT NULL,
    host text COLLATE "C" NOT NULL,
    caller_provider text COLLATE "C" NOT NULL,
    caller_subject text COLLATE "C" NOT NULL,
    caller_groups text[] COLLATE "C" NOT NULL,
    code text COLLATE "C",
    trace_id text COLLATE "C",
    PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE INDEX session_by_service ON session(service, id);
CREATE INDEX session_by_sequence ON session(sequence);

-- Frames that were moved together: where they lay, and where they lie now.
CREATE TABLE placement(
    day integer NOT NULL,
    container integer NOT NULL,
    from_offset bigint NOT NULL,
    to_offset bigint NOT NULL,
    new_container integer NOT NULL,
    new_offset bigint NOT NULL,
    PRIMARY KEY (day, container, from_offset)) PARTITION BY LIST (day);

-- Takes what a connection copied into its table "staging" and moves the position of its node, all or nothing. The
-- planner knows nothing of the staging table, and must not read whole days on a guess; the bounds spare it the days
-- that are not in the batch.
CREATE FUNCTION take(by_node text, by_epoch bigint, to_file bigint, to_offset bigint, to_sequence bigint)
    RETURNS void LANGUAGE plpgsql
    SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    base bigint;
    lowest uuid;
    highest uuid;
BEGIN
    UPDATE node
        SET spool_file = to_file, spool_offset = to_offset, last_sequence = greatest(last_sequence, to_sequence)
        WHERE name = by_node AND epoch = by_epoch;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another process indexes as this node' USING ERRCODE = 'HN001';
    END IF;
    IF NOT EXISTS (SELECT FROM staging) THEN
        RETURN;
    END IF;

    SELECT id INTO lowest FROM staging ORDER BY id LIMIT 1;
    SELECT id INTO highest FROM staging ORDER BY id DESC LIMIT 1;
    SELECT last INTO base FROM tail FOR UPDATE;
    INSERT INTO container(day, owner, name)
        SELECT DISTINCT g.day, g.owner, g.container_name FROM staging g
        WHERE NOT EXISTS (SELECT FROM container c
            WHERE c.day = g.day AND c.owner = g.owner AND c.name = g.container_name)
        ON CONFLICT DO NOTHING;

    WITH known AS (
        SELECT g.id, s.knowledge FROM staging g JOIN session s ON s.id = g.id
        WHERE s.id BETWEEN lowest AND highest),
    replaced AS (
        UPDATE session s SET
            started_nanos = g.started_nanos, duration_micros = g.duration_micros, request_bytes = g.request_bytes,
            response_bytes = g.response_bytes, frame_offset = g.frame_offset, frame_length = g.frame_length,
            container = c.number, status = g.status, knowledge = g.knowledge, truncated = g.truncated,
            state = g.state, ending = g.ending, durability = g.durability, service = g.service, method = g.method,
            path = g.path, query = g.query, node = g.node, listener = g.listener, retention = g.retention,
            host = g.host, caller_provider = g.caller_provider, caller_subject = g.caller_subject,
            caller_groups = g.caller_groups, code = g.code, trace_id = g.trace_id
        FROM staging g
            JOIN known k ON k.id = g.id AND g.knowledge >= k.knowledge
            JOIN container c ON c.day = g.day AND c.owner = g.owner AND c.name = g.container_name
        WHERE s.id = g.id AND s.id BETWEEN lowest AND highest),
    fresh AS (
        INSERT INTO session
        SELECT g.id, base + row_number() OVER (ORDER BY g.place), g.started_nanos, g.duration_micros, g.request_bytes,
            g.response_bytes, g.frame_offset, g.frame_length, c.number, g.day, g.status, g.knowledge, g.truncated,
            g.state, g.ending, g.durability, g.service, g.method, g.path, g.query, g.node, g.listener, g.retention,
            g.host, g.caller_provider, g.caller_subject, g.caller_groups, g.code, g.trace_id
        FROM staging g
            JOIN container c ON c.day = g.day AND c.owner = g.owner AND c.name = g.container_name
        WHERE g.id NOT IN (SELECT id FROM known)
        RETURNING day, sequence),
    grown AS (
        SELECT f.day, count(*) AS sessions, min(f.sequence) AS first, max(f.sequence) AS last
        FROM fresh f GROUP BY f.day),
    counted AS (
        UPDATE tail SET last = base + (SELECT count(*) FROM fresh))
    INSERT INTO day AS d
        SELECT g.day, coalesce(max(n.sessions), 0), max(n.first), max(n.last),
            min(g.millis), max(g.millis), max(g.skew_millis)
        FROM staging g LEFT JOIN grown n ON n.day = g.day GROUP BY g.day
        ON CONFLICT (day) DO UPDATE SET
            sessions = d.sessions + excluded.sessions,
            first_sequence = least(d.first_sequence, excluded.first_sequence),
            last_sequence = greatest(d.last_sequence, excluded.last_sequence),
            first_millis = least(d.first_millis, excluded.first_millis),
            last_millis = greatest(d.last_millis, excluded.last_millis),
            skew_millis = greatest(d.skew_millis, excluded.skew_millis);
END $$;
