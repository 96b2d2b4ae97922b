// SPDX-License-Identifier: Apache-2.0
/** The secured bus: facade, carrier, codec and interceptors. Internal to Latchkey. */
@NullMarked
package dev.latchkey.eventbus.bus;

import org.jspecify.annotations.NullMarked;
