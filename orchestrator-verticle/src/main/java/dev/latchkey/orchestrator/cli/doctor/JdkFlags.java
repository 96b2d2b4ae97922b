// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Whether the JVM was started with what new JDKs need: without it Netty falls back to slow paths, and large messages cost double. */
final class JdkFlags {
    private static final int FIRST = 24;
    private static final List<String> NEEDED = List.of(
            "--sun-misc-unsafe-memory-access=allow", "-Dio.netty.noUnsafe=false", "--enable-native-access=ALL-UNNAMED");

    private final int feature;
    private final List<String> flags;

    JdkFlags(int feature, List<String> flags) {
        this.feature = feature;
        this.flags = flags;
    }

    static JdkFlags ofThisJvm() {
        return new JdkFlags(
                Runtime.version().feature(),
                ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    Finding look() {
        List<String> missing =
                NEEDED.stream().filter(flag -> !flags.contains(flag)).toList();
        if (feature < FIRST) {
            return Finding.ok("jdk-flags", "Java " + feature + " needs none");
        }
        return missing.isEmpty()
                ? Finding.ok("jdk-flags", "all that Java " + feature + " needs")
                : Finding.warn(
                        "jdk-flags",
                        "Java " + feature + " without " + String.join(" ", missing),
                        "start by the 'latchkey' script, or add them to your own JVM's options");
    }
}
