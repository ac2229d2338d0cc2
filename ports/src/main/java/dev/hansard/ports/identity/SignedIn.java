// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.value.Secret;
import java.time.Instant;

/**
 * A browser session that lives.
 *
 * @param person who signed in
 * @param token has to come, in a field of its own, with every request of the session that changes something: another
 *     site can make the browser send the cookie, but cannot know this
 * @param idleUntil when it ends if nothing more is asked
 * @param until when it ends in any case
 * @since 0.1
 */
public record SignedIn(Person person, Secret token, Instant idleUntil, Instant until) {}
