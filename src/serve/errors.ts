// Errors as OpenAI's API words them, so that its clients understand ours.

/** An error that is the client's fault, or that it should know of. */
export class RequestError extends Error {
  readonly status: 400 | 404 | 413 | 500 | 503;
  /** The field of the request that is wrong. */
  readonly field: string | null;

  constructor(status: RequestError['status'], message: string, field: string | null = null) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** The body of an answer that is an error. */
export function errorBody({ status, message, field }: RequestError): object {
  const type = status >= 500 ? 'server_error' : 'invalid_request_error';
  return { error: { message, type, param: field, code: status === 404 ? 'not_found' : null } };
}

/** Any error as one for the client; what it does not concern is told to `report` only. */
export function asRequestError(error: unknown, report: (error: unknown) => void): RequestError {
  if (error instanceof RequestError) return error;
  report(error);
  return new RequestError(500, 'the server failed to answer; its console says why');
}
