// SPDX-License-Identifier: Apache-2.0
/** What the process says about itself: System.Logger and java.util.logging, by way of SLF4J, on stderr. */
@NullMarked
package dev.hansard.boot.log;

import org.jspecify.annotations.NullMarked;
