// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.Endpoint;

/**
 * What was found, and where.
 *
 * @param place of the orchestrator that told it
 */
record Found(Endpoint place, BootstrapDocument document) {}
