// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

/** The kinds of JWT in Latchkey; the {@code typ} header keeps one from being taken for another (RFC 8725, 3.11). */
public enum JwtType {
    /** A Service Token. */
    SERVICE_TOKEN("latchkey-st+jwt"),
    /** A credential that a deployer signs for a service. */
    CREDENTIAL("latchkey-credential+jwt"),
    /** A credential that a deployer signs for one instance, and that works once. */
    JOIN_TOKEN("latchkey-join+jwt"),
    /** What an operator shows to the admin API. */
    ADMIN_TOKEN("latchkey-admin+jwt");

    private final String headerValue;

    JwtType(String headerValue) {
        this.headerValue = headerValue;
    }

    /** The {@code typ} header's value. */
    public String headerValue() {
        return headerValue;
    }
}
