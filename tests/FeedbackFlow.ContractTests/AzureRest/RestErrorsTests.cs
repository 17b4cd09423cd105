using FeedbackFlow.Adapters.AzureRest;
using Xunit;

namespace FeedbackFlow.ContractTests.AzureRest;

public class RestErrorsTests
{
    [Theory]
    [InlineData("""{"odata.error":{"code":"EntityAlreadyExists","message":{"lang":"en-US","value":"1:There."}}}""", "EntityAlreadyExists", "1:There.")]
    [InlineData("""{"error":{"code":"InvalidRequest","message":"No.","innererror":{"code":"InvalidDocument"}}}""", "InvalidRequest", "No.")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?><Error><Code>QueueNotFound</Code><Message>None.</Message></Error>", "QueueNotFound", "None.")]
    [InlineData("""<m:error xmlns:m="urn:x"><m:code>InvalidInput</m:code><m:message>Bad.</m:message></m:error>""", "InvalidInput", "Bad.")]
    [InlineData("""{"error":"text"}""", null, null)]
    [InlineData("""{"odata.error":{"code":7,"message":[]}}""", null, null)]
    [InlineData("<html><p>busy<br></html>", null, null)]
    [InlineData("{ broken", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void What_a_body_says_is_read_and_anything_else_is_no_error_of_its_own(string? body, string? code, string? message)
    {
        var error = RestErrors.Read(null, body);
        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Fact]
    public void The_header_is_believed_before_the_body() =>
        Assert.Equal("TableNotFound", RestErrors.Read("TableNotFound", """{"odata.error":{"code":"ResourceNotFound","message":{"value":"x"}}}""").Code);
}
