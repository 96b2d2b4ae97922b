// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.regex.Pattern;

/** What names in a policy look like. Each refusal is an IllegalArgumentException that reads {@code <problem>; <fix>}. */
final class Names {

    private static final int MAX_TRUST_DOMAIN = 253;
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private Names() {}

    static void checkService(String name) {
        if (!SERVICE.matcher(name).matches()) {
            throw new IllegalArgumentException("this is no name of a service; begin with a lower-case letter, then use"
                    + " up to 62 of a-z, 0-9 and '-'");
        }
    }

    static void checkTrustDomain(String name) {
        if (name.length() > MAX_TRUST_DOMAIN || !allLabels(name.split("\\.", -1))) {
            throw new IllegalArgumentException(Quote.of(name)
                    + " is no trust domain; write it like a DNS name in lower case, such as" + " 'example.latchkey'");
        }
    }

    private static boolean allLabels(String[] labels) {
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }
}
