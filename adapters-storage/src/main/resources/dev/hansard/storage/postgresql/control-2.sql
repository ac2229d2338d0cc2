-- SPDX-License-Identifier: Apache-2.0
-- Work that one node does for all. The fence grows with each holder; the time is this server's.
CREATE TABLE lease(
    name text PRIMARY KEY,
    node text NOT NULL,
    fence bigint NOT NULL,
    ends_at timestamptz NOT NULL);

-- Who is signed in at any node: digests of what browsers and command lines show.
CREATE TABLE signed_in(
    digest text PRIMARY KEY,
    provider text NOT NULL,
    subject text NOT NULL,
    caller_groups text[] NOT NULL,
    actors text[] NOT NULL,
    name text,
    email text,
    used_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL);
CREATE INDEX signed_in_by_person ON signed_in(provider, subject);
