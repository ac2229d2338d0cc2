// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.crypt.KeyWrapper;

/**
 * Makes the key wrappers that {@code storage.encryption} chooses.
 *
 * @since 0.1
 */
public interface KeyWrapperFactory extends StorageFactory<KeyWrapper> {}
