// SPDX-License-Identifier: Apache-2.0
/** The agent's connections to its gateway: opened, kept at hand, opened again when they break. */
@NullMarked
package dev.hansard.http.agent;

import org.jspecify.annotations.NullMarked;
