/** Why somebody reports a message or a person, in the order in which a dialog offers it. */
export const REPORT_REASONS = ['spam', 'harassment', 'violence', 'illegal', 'other'] as const;

export type ReportReason = (typeof REPORT_REASONS)[number];

/**
 * What the relay has of a message that a report shows. `same`: this very text, now or before an edit. `other`: another
 * text. `gone`: it was deleted, and its text is not kept. `missing`: no such message that the reporter could have read.
 */
export const REPORT_CHECKS = ['same', 'other', 'gone', 'missing'] as const;

export type ReportCheck = (typeof REPORT_CHECKS)[number];

/** What an administrator made of a report. */
export const REPORT_OUTCOMES = ['acted', 'dismissed'] as const;

export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];
