// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

/**
 * Where an orchestrator may be.
 *
 * @param host its name, for people and for TLS
 * @param address where it is reached
 */
record Place(String host, String address, int port) {
    /** For people. */
    @Override
    public String toString() {
        return host.equals(address) ? host + ":" + port : host + ":" + port + " (" + address + ")";
    }
}
