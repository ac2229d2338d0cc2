-- SPDX-License-Identifier: Apache-2.0
-- Alerts that are raised, a row each.
CREATE TABLE alert(
    subject text PRIMARY KEY,
    alert_level int NOT NULL,
    state text NOT NULL,
    detail text NOT NULL,
    since timestamptz NOT NULL);
