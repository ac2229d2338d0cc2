// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

/**
 * Finds sessions by what their contents say, as they are recorded: masked, without content codings, with the escapes of
 * JSON and of forms undone. What is no text is not looked at: a content that is labelled as an image, an archive or
 * other binary data, or that still has a coding.
 *
 * <p>What the index of words rules out is not read. The rest is read and compared, so that a session that is found has
 * the phrase. Sessions in the spool of another node are not looked at before they are sealed. Safe for any number of
 * threads.
 *
 * @since 0.1
 */
public interface ContentSearch {
    /** Begins a search; nothing is read before it is asked for a step. The caller closes it. */
    Running search(ContentQuery query);

    /**
     * A search that goes on as long as it is asked to. Belongs to one thread.
     *
     * @since 0.1
     */
    interface Running extends AutoCloseable {
        /**
         * Goes on for a while: to the next session that is found, newest first, or as far as one look goes. After
         * {@link SearchStep.Ended} it gives the same again.
         *
         * @throws dev.hansard.ports.session.StorageException when a store fails; the search cannot go on
         */
        SearchStep next();

        /** What it has cost so far. */
        SearchCost cost();

        /** Lets go of what it holds. */
        @Override
        void close();
    }
}
