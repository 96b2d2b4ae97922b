// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk with so much room. What does not fit is cut in the middle, as real ones do. */
final class FullDisk implements AuditFiles {
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    void leave(long bytes) {
        room.set(bytes);
    }

    @Override
    public Sink create(Path file) throws IOException {
        Sink disk = DISK.create(file);
        return new Sink() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                int fits = (int) Math.min(bytes.remaining(), room.get());
                room.addAndGet(-fits);
                boolean all = fits == bytes.remaining();
                disk.write(bytes.slice(bytes.position(), fits));
                if (!all) {
                    throw new IOException("No space left on device");
                }
            }

            @Override
            public void force() throws IOException {
                disk.force();
            }

            @Override
            public void close() throws IOException {
                disk.close();
            }
        };
    }
}
