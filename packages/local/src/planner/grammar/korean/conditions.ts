export const koreanExistence = (_question: string): string | undefined => undefined;
