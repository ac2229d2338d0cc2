// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.hansard.boot.cli.agent;

import org.jspecify.annotations.NullMarked;
