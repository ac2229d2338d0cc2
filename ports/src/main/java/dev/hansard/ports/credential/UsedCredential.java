// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.credential;

/**
 * Which credential a call was sent on with. Neither part is derived from the value.
 *
 * @param name what people call it
 * @param version an opaque id of the value that was used
 * @since 0.1
 */
public record UsedCredential(String name, String version) {}
