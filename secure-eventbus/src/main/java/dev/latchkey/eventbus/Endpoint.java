// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/**
 * Where DNS says that a service is.
 *
 * @param host its name, for people, for TLS and for HTTP's Host
 * @param address where it is reached
 */
public record Endpoint(String host, String address, int port) {
    /** For people. */
    @Override
    public String toString() {
        return host.equals(address) ? host + ":" + port : host + ":" + port + " (" + address + ")";
    }
}
