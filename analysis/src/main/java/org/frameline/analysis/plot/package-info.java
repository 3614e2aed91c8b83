/** Curves of recordings as pictures: when frames came, and how bright they are. Home of XChart. */
package org.frameline.analysis.plot;
