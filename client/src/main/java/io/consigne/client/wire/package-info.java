/** What the 1fichier API says, as values: requests to JSON, answers to records and refusals. */
@NullMarked
package io.consigne.client.wire;

import org.jspecify.annotations.NullMarked;
