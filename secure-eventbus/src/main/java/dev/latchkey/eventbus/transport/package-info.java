// SPDX-License-Identifier: Apache-2.0
/** How the messages of the event bus get into sockets. Nothing here knows of keys or policy. */
@NullMarked
package dev.latchkey.eventbus.transport;

import org.jspecify.annotations.NullMarked;
