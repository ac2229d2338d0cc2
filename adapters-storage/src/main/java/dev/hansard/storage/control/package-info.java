// SPDX-License-Identifier: Apache-2.0
/** What cannot be made again from the records: API keys and the audit log. */
@NullMarked
package dev.hansard.storage.control;

import org.jspecify.annotations.NullMarked;
