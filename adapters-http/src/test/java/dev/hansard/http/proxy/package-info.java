// SPDX-License-Identifier: Apache-2.0
<<<<<<< HEAD
/** Tests of the data listener's parts that need no socket. */
=======
>>>>>>> h/sec
@NullMarked
package dev.hansard.http.proxy;

import org.jspecify.annotations.NullMarked;
