// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.examples.wire.Needle;
import dev.latchkey.examples.wire.WireLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the wiretap looks for: the secret of honest messages, which must never be there, and a control, which must. */
final class Secrets {
    private static final String CONTROL = "control";

    private Secrets() {}

    static List<Needle> needles(String marker, String control) {
        List<Needle> needles = new ArrayList<>(Needle.withBase64("secret", marker.getBytes(StandardCharsets.US_ASCII)));
        needles.add(new Needle(CONTROL, control.getBytes(StandardCharsets.US_ASCII)));
        return needles;
    }

    static List<String> leaks(WireLog wire) {
        return wire.sightings().keySet().stream()
                .filter(name -> !name.startsWith(CONTROL))
                .sorted()
                .toList();
    }

    static long sightings(WireLog wire) {
        return wire.sightings().entrySet().stream()
                .filter(sighting -> !sighting.getKey().startsWith(CONTROL))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    static boolean controlSeen(WireLog wire) {
        return wire.sightings().containsKey(CONTROL);
    }
}
