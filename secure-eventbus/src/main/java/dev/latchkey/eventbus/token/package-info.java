// SPDX-License-Identifier: Apache-2.0
/** Service Tokens: what they say, how they are signed and read. Internal to Latchkey. */
@NullMarked
package dev.latchkey.eventbus.token;

import org.jspecify.annotations.NullMarked;
