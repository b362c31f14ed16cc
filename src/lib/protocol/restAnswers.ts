/** What answers of the REST API hold. An answer is written by its schema: what a schema does not name never leaves. */
export * from './answers/administrationAnswers';
export * from './answers/conversationAnswers';
export * from './answers/messageAnswers';
export * from './answers/personAnswers';
export * from './answers/programAnswers';
export * from './answers/reportAnswers';
export * from './answers/serverAnswers';
