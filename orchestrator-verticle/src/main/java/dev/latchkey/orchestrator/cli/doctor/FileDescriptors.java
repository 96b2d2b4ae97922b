// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets the JVM may have open: each node of the cluster costs some. */
final class FileDescriptors {
    private static final String NAME = "file-descriptors";
    private static final long TOO_FEW = 1_024;
    private static final long FEW = 4_096;

    private FileDescriptors() {}

    static Finding look() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? judge(unix.getMaxFileDescriptorCount())
                : Finding.ok(NAME, "this system does not say");
    }

    static Finding judge(long most) {
        String seen = most + " at most";
        String fix = "raise it: ulimit -n 65536, or LimitNOFILE=65536 of the systemd unit";
        if (most < TOO_FEW) {
            return Finding.fail(NAME, seen, fix);
        }
        return most < FEW ? Finding.warn(NAME, seen, fix) : Finding.ok(NAME, seen);
    }
}
