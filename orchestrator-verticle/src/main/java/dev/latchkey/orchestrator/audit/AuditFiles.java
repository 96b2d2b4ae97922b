// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the files that a log is written to. A disk that fills up is another one of these. */
interface AuditFiles {
    /** Files on the disk. */
    AuditFiles DISK = DiskFile::new;

    /** Makes a new file; fails when there is one. */
    Sink create(Path file) throws IOException;

    /** A file that grows. */
    interface Sink {
        /** Appends all of these bytes; after a failure, any number of them may be there. */
        void write(ByteBuffer bytes) throws IOException;

        /** Returns when all that was written outlives a power cut. */
        void force() throws IOException;

        void close() throws IOException;
    }

    /** One on the disk. */
    final class DiskFile implements Sink {
        private final FileChannel channel;

        DiskFile(Path file) throws IOException {
            channel = FileChannel.open(file, AuditFolder.privately(), AuditFolder.ownerOnly());
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Has the name of a new file outlive a power cut, where the system can. */
    static void forceNames(Path folder) {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            // Windows opens no folder; its names are written through anyway.
        }
    }
}
