// SPDX-License-Identifier: Apache-2.0
/** A service outside of the bus, made an operation's provider by a small verticle beside it. */
@NullMarked
package dev.latchkey.examples.sidecar;

import org.jspecify.annotations.NullMarked;
