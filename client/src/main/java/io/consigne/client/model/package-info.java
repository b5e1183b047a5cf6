/** What goes in and out of the client: values, refusals, progress. Knows no wire. */
@NullMarked
package io.consigne.client.model;

import org.jspecify.annotations.NullMarked;
