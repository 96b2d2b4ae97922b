// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

/** The JVMs of the demo. */
enum NodeRole {
    ORCHESTRATOR,
    RISK,
    IMAGE,
    GATEWAY,
    INTRUDER;

    /** The name in what people read. */
    String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
