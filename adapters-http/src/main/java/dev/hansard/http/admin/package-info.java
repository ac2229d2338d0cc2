// SPDX-License-Identifier: Apache-2.0
/**
 * The admin listener: the REST API over recorded sessions, health and counters, on a port of its own. It answers people
 * and their tools, never proxied traffic, and what it shows is hostile content: recorded bytes leave it only as JSON
 * strings or as downloads that no browser renders.
 */
@NullMarked
package dev.hansard.http.admin;

import org.jspecify.annotations.NullMarked;
