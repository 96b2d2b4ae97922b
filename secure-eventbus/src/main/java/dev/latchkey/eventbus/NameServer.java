// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import io.netty.util.NetUtil;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DNS server to ask.
 *
 * @param host an IP address, as nobody could look up a name; one of IPv6 without brackets
 */
record NameServer(String host, int port) {
    /** DNS's own port. */
    static final int DEFAULT_PORT = 53;

    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("(?:([0-9.]+)|\\[([0-9a-fA-F:.]+)])(?::([0-9]{1,5}))?");

    /**
     * Reads an address, or address:port; one of IPv6 in brackets.
     *
     * @param setting whose value it is, for people
     * @throws IllegalArgumentException naming the setting and the fix
     */
    static NameServer parse(String text, String setting) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !isAddress(form) || port(form) < 1 || port(form) > MAX_PORT) {
            throw new IllegalArgumentException(setting + ": '" + text
                    + "' is no server; give the IP address, or address:port, such as 10.96.0.10:53");
        }
        return new NameServer(host(form), port(form));
    }

    private static boolean isAddress(Matcher form) {
        return form.group(1) == null
                ? NetUtil.isValidIpV6Address(form.group(2))
                : NetUtil.isValidIpV4Address(form.group(1));
    }

    private static String host(Matcher form) {
        return form.group(1) == null ? form.group(2) : form.group(1);
    }

    private static int port(Matcher form) {
        return form.group(3) == null ? DEFAULT_PORT : Integer.parseInt(form.group(3));
    }
}
